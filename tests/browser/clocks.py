"""Wrong clocks: the device's own clock, and the server's time as a page receives it."""

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
# The Date header of every response is replaced by the time of the page's own clock.
ALONG = """(() => {
    if ("goesAlong" in Headers.prototype) return;
    const get = Headers.prototype.get;
    Headers.prototype.goesAlong = true;
    Headers.prototype.get = function (name) {
        return name === "Date" ? new Date().toUTCString() : get.call(this, name);
    };
})()"""


def clock_is_off(page: Page, by: timedelta) -> None:
    """Let the device's clock be wrong by this much from the next page load on."""
    page.add_init_script(OFF % (1000 * by.total_seconds()))


def server_goes_along(page: Page) -> None:
    """Let the server's time, as the page sees it, follow the page's own clock."""
    page.add_init_script(ALONG)
    page.evaluate(ALONG)
