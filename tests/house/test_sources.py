"""What no line of the product may do, read as syntax."""

import ast
import re

import pytest

from tests.house.sources import named, nodes, product_modules, tracked_texts

pytestmark = pytest.mark.any_database

# T021. Where markup is declared safe, each piece of it escaped there.
DECLARES_SAFE = {"answerable/look/filters.py", "answerable/look/times.py"}
SAFE = {"mark_safe", "SafeString", "SafeText", "Markup"}

# T032. Who may open a line to an address that somebody typed in.
OPENS_LINES: set[str] = {"answerable/kit/web.py"}
# Who speaks a protocol over a line that kit.web has vetted.
SPEAKS_OVER_VETTED_LINES = {
    "answerable/kit/fetch.py",
    "answerable/channels/email/outgoing/transports/line.py",
    "answerable/channels/email/outgoing/transports/smtp.py",
    "answerable/channels/email/receivers/mailbox.py",
}
CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request"} | {
    *("smtplib", "imaplib", "poplib", "ftplib", "telnetlib", "imapclient", "aiosmtplib"),
}

# T078. What is compared in constant time only (hmac.compare_digest).
SECRET = re.compile(r"(^|_)(token|secret|digest|hmac|mac|password|api_key|token_hash)$")


def test_t021_markup_is_declared_safe_in_few_places():
    found = {
        named(path)
        for path in product_modules()
        for node in nodes(path)
        if isinstance(node, ast.Call) and SAFE & set(names_in(node.func))
    }

    assert found <= DECLARES_SAFE


def test_t021_no_text_is_formatted_before_it_is_escaped():
    found = [
        f"{named(path)}:{node.lineno}"
        for path in product_modules()
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and "format_html" in names_in(node.func)
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]

    assert found == []


def test_t032_lines_to_the_outside_are_opened_in_few_places():
    found = {named(path) for path in product_modules() if CLIENTS & set(imported_by(path))}

    assert found <= OPENS_LINES | SPEAKS_OVER_VETTED_LINES


def test_t078_secrets_are_compared_in_constant_time():
    found = [
        f"{named(path)}:{node.lineno}"
        for path in product_modules()
        for node in nodes(path)
        if isinstance(node, ast.Compare)
        and any(isinstance(sign, ast.Eq | ast.NotEq) for sign in node.ops)
        and not any(_is_empty(side) for side in sides_of(node))
        and any(SECRET.search(name) for side in sides_of(node) for name in last_name(side))
    ]

    assert found == []


def test_no_file_names_a_path_of_the_machine_it_was_made_on():
    ours = re.compile("/" + r"(work|root)/\w|/(home)/(?!answerable)\w+/|\.pyenv/")
    found = [
        f"{named(path)}:{number}"
        for path in tracked_texts()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if ours.search(line) and path.name != "test_sources.py"
    ]

    assert found == []


def names_in(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return [name.rpartition(".")[2]]
    return []


def sides_of(node: ast.Compare) -> list[ast.expr]:
    return [node.left, *node.comparators]


def last_name(node: ast.AST) -> list[str]:
    return names_in(node.func if isinstance(node, ast.Call) else node)


def imported_by(path) -> list[str]:
    found = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return [name for found_name in found for name in (found_name, found_name.partition(".")[0])]


def _is_empty(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and not node.value
