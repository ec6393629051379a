"""Take away: make a table, a slide or a pack."""

from sendlib.view import frame, take_away

shell = frame.begin_page("take_away")
take_away.draw(shell)
