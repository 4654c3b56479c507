"""Clocks that are off: a device's own, and what its page is told of the server's."""

from datetime import timedelta

from playwright.sync_api import Page

OFF = """{
    const real = Date, off = %d;
    globalThis.Date = class Date extends real {
        constructor(...given) {
            if (given.length) super(...given);
            else super(real.now() + off);
        }
        static now() { return real.now() + off; }
    };
}"""
# What the page's clock shows is what the answers' Date header says.
ALONG = """(() => {
    if ("goesAlong" in Headers.prototype) return;
    const get = Headers.prototype.get;
    Headers.prototype.goesAlong = true;
    Headers.prototype.get = function (name) {
        return name === "Date" ? new Date().toUTCString() : get.call(this, name);
    };
})()"""


def clock_is_off(page: Page, by: timedelta) -> None:
    """Let the device's own clock be off from the next load on, and go on from there."""
    page.add_init_script(OFF % (1000 * by.total_seconds()))


def server_goes_along(page: Page) -> None:
    """Let the server have the time of the page's clock, whatever that is set to."""
    page.add_init_script(ALONG)
    page.evaluate(ALONG)
