"""Writes docs/protocol.schema.json from the message types: `python -m engine.companion.schema`."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from engine.companion import protocol

PLACE = Path(__file__).parents[2] / "docs" / "protocol.schema.json"
DIRECTIONS = {
    "phone_to_gateway": protocol.FromPhone,
    "gateway_to_phone": protocol.ToPhone,
    "console_to_gateway": protocol.FromConsole,
    "gateway_to_console": protocol.ToConsole,
}


def schema() -> str:
    """JSON Schema 2020-12 of all four directions, as text."""
    roots, parts = msgspec.json.schema_components(DIRECTIONS.values(), ref_template="#/$defs/{name}")
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Xitai phone and console protocol, version {protocol.VERSION}",
        "properties": dict(zip(DIRECTIONS, roots, strict=True)),
        "$defs": parts,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    PLACE.write_text(schema(), encoding="utf-8")
    print(f"wrote {PLACE}")
