"""About the data: where does it come from, and can I trust it?"""

from sendlib.view import about, frame

shell = frame.begin_page("about_data")
about.draw(shell)
