"""The first days of a workspace: a demo's way on, the steps of starting, and what is left to do."""
