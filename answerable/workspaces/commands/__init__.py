"""What an operator says on the command line about workspaces and their members."""
