"""Stand-ins for the publishers' servers, on this machine only."""
