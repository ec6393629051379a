"""The board: five or six measures that a group picked, beside those compared, over time, and what it thinks of them."""
