"""The live layer: what happens reaches every open page that may know of it.

    commit ── announce ─▶ Hub (one a process) ─▶ may they see it? ─▶ lines (sockets, long polls)

A frame carries numbers and never contents (T043): the page fetches what it shows through its
door. The database is the truth and a line is only a hint; whoever was away asks "since N".
"""
