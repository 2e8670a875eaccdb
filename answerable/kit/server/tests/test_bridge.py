import http.client
import io
import socket
import threading

from django.http import FileResponse

from answerable.kit.server import careful


def _plain(environ, start_response, body=b"hello"):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def _environ_seen(serve, **headers):
    seen = {}

    def application(environ, start_response):
        seen.update(environ)
        return _plain(environ, start_response)

    _ask(serve(application), "GET", "/caf%C3%A9?a=%20", headers=headers)
    return seen


def _ask(served, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=5)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    return response, response.read()


def test_a_page_is_answered_by_the_wsgi_application(serve):
    response, body = _ask(serve(_plain), "GET", "/")

    assert (response.status, body) == (200, b"hello")


def test_the_environ_is_that_of_pep_3333(serve):
    seen = _environ_seen(serve, Accept="text/html")

    assert seen["PATH_INFO"] == "/caf\xc3\xa9"
    assert seen["QUERY_STRING"] == "a=%20"
    assert seen["HTTP_ACCEPT"] == "text/html"
    assert seen["wsgi.url_scheme"] == "http"


def test_a_stranger_cannot_say_where_they_come_from(serve):
    claims = {"X-Forwarded-For": "10.9.9.9", "X_Forwarded_For": "10.9.9.9"}

    seen = _environ_seen(serve, **claims, **{"X-Forwarded-Proto": "https"})

    assert seen["REMOTE_ADDR"] == "127.0.0.1"
    assert seen["wsgi.url_scheme"] == "http"
    assert "HTTP_X_FORWARDED_FOR" not in seen


def test_a_trusted_proxy_says_where_the_client_comes_from(serve, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.0/8"]

    seen = _environ_seen(serve, **{"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "https"})

    assert seen["REMOTE_ADDR"] == "10.9.9.9"
    assert seen["wsgi.url_scheme"] == "https"


def test_head_has_the_headers_without_the_body(serve):
    response, body = _ask(serve(_plain), "HEAD", "/")

    assert (response.headers["content-length"], body) == ("5", b"")


def test_a_body_arrives_whole_and_with_its_length(serve):
    def application(environ, start_response):
        sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        return _plain(environ, start_response, str(len(sent)).encode())

    chunks = iter([b"x" * 400_000, b"y" * 400_000])
    _response, body = _ask(serve(application), "POST", "/", chunks)

    assert body == b"800000"


def test_a_body_that_is_too_large_is_refused(serve):
    served = serve(_plain, most=1000)

    announced, _ = _ask(served, "POST", "/", b"x" * 1001)
    unannounced, _ = _ask(served, "POST", "/", iter([b"x" * 1001]))

    assert [announced.status, unannounced.status] == [413, 413]


def test_a_stream_reaches_the_client_piece_by_piece(serve):
    go_on = threading.Event()

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return _Streaming([b"first", lambda: go_on.wait(5) and b"second"])

    served = serve(application)
    with _open(served, "/") as stream:
        first = stream.read(5)
        go_on.set()
        rest = stream.read()

    assert (first, rest) == (b"first", b"second")


def test_a_file_is_sent_without_holding_a_thread(serve, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"0123456789" * 1_000_000)
    served = serve(_file(path), threads=1)

    with _open(served, "/") as half_read:
        half_read.read(10)
        _response, whole = _ask(served, "GET", "/")

    assert len(whole) == 10_000_000


def test_when_too_many_wait_the_next_is_told_so(serve):
    leave = threading.Event()

    def application(environ, start_response):
        leave.wait(5)
        return _plain(environ, start_response)

    served = serve(application, threads=1, line=1)
    sockets = [_connect(served, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(4)]
    heads = {sockets[-1].recv(12)}
    leave.set()

    assert heads == {b"HTTP/1.1 503"}


def test_a_client_that_leaves_the_line_is_forgotten(serve):
    leave, asked = threading.Event(), []

    def application(environ, start_response):
        asked.append(environ["PATH_INFO"])
        leave.wait(5)
        return _plain(environ, start_response)

    served = serve(application, threads=1, line=9)
    first = _connect(served, b"GET /first HTTP/1.1\r\nHost: x\r\n\r\n")
    for _ in range(3):
        _connect(served, b"GET /second HTTP/1.1\r\nHost: x\r\n\r\n").close()
    assert _becomes(lambda: len(served.server.server_state.tasks) == 1)
    leave.set()

    assert first.recv(12) == b"HTTP/1.1 200"
    assert asked == ["/first"]


def test_a_client_that_leaves_a_stream_is_forgotten(serve):
    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return _Streaming([b"x" * 100_000] * 10_000)

    served = serve(application, threads=1)
    _connect(served, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").close()

    assert _becomes(lambda: not served.server.server_state.tasks)
    response, _body = _ask(serve(_plain), "GET", "/")
    assert response.status == 200


def _becomes(true):
    for _ in range(100):
        if true():
            return True
        threading.Event().wait(0.03)
    return False


def test_an_application_that_fails_is_answered_for(serve):
    def application(environ, start_response):
        raise ValueError

    response, _ = _ask(serve(application), "GET", "/")

    assert response.status == 500


def test_a_request_head_that_never_ends_is_cut_off(serve, monkeypatch):
    monkeypatch.setattr(careful, "HEAD_SECONDS", 0.1)
    slow = _connect(serve(_plain), b"GET / HTTP/1.1\r\nHost: x\r\n")

    assert _is_cut_off(slow)


def test_a_request_head_that_is_too_large_is_refused(serve):
    head = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Long: " + b"x" * 70_000 + b"\r\n\r\n"

    large = _connect(serve(_plain), head)

    assert large.recv(12) == b"HTTP/1.1 400"


def test_a_client_that_does_not_read_is_cut_off(serve, monkeypatch, tmp_path):
    monkeypatch.setattr(careful, "STALL_SECONDS", 0.1)
    path = tmp_path / "file"
    path.write_bytes(bytes(30_000_000))
    served = serve(_file(path))

    idle = _connect(served, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    threading.Event().wait(0.4)

    assert len(_all_of(idle)) < 30_000_000


class _Streaming:
    streaming = True

    def __init__(self, parts):
        self.parts = parts

    def __iter__(self):
        return (part() if callable(part) else part for part in self.parts)


def _file(path):
    def application(environ, start_response):
        response = FileResponse(path.open("rb"))
        start_response("200 OK", list(response.items()))
        return response

    return application


def _open(served, path):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=5)
    connection.request("GET", path)
    return connection.getresponse()


def _connect(served, data):
    client = socket.create_connection(("127.0.0.1", served.port), timeout=5)
    client.sendall(data)
    return client


def _is_cut_off(client):
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


def _all_of(client):
    received = io.BytesIO()
    try:
        while chunk := client.recv(1_000_000):
            received.write(chunk)
    except ConnectionResetError:
        pass
    return received.getvalue()
