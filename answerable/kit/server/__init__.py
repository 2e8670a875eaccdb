"""One port: uvicorn, the live layer as plain ASGI, and Django's pages on a pool of threads.

socket ─▶ Careful (HTTP) ─▶ Front ─┬─ /live/… ─▶ raw ASGI endpoints
                                   └─ the rest ─▶ Bridge ─▶ pool of threads ─▶ Django (WSGI)
"""
