"""QR codes as SVG: for the app of the second step, and for a client's letter."""

from __future__ import annotations

import qrcode


def svg(text: str, *, label: str = "") -> str:
    """Return a QR code of the text, black on white in every theme; `label` for screen readers."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dots = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows)
    told = f'role="img" aria-label="{label}" class="qr"' if label else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" {told} '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="#000" d="{dots}"/></svg>'
    )
