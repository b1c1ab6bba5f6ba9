"""Guests in a real browser, as the tests meet them."""

from __future__ import annotations

from playwright.sync_api import expect


def joined(visit, **facts):
    """A guest who is in the house and has said nothing about a seat."""
    one = visit(**facts)
    root = one.page.locator("html")
    expect(root).to_have_attribute("data-linked", "yes")
    expect(root).to_have_attribute("data-view", "seat")
    one.number = int(root.get_attribute("data-guest"))
    one.page.get_by_role("button", name="跳过").or_(one.page.get_by_role("button", name="Skip")).click()
    return one


def seated_right(visit, **facts):
    """A guest who sits in the middle of the right-hand side."""
    one = visit(**facts)
    shown(one.page, "seat")
    one.page.get_by_role("button", name="中排右").press("Enter")
    shown(one.page, "wait")
    return one


def shown(page, view):
    expect(page.locator("html")).to_have_attribute("data-view", view)
