"""A browser without push messages, like Safari on an iPhone before the app is installed."""

from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import newcomer
from tests.servers import Server


def test_a_browser_without_messages_says_so_and_where_they_would_come(
    new_context: NewContext, server: Server
) -> None:
    context = new_context()
    context.add_init_script("delete window.PushManager")
    ana = newcomer(context, server.origin)
    ana.tab("settings")
    ana.tap(ana.page.locator("#stage a", has_text="Reminders"))
    ana.screen("reminders")
    expect(ana.part("no-messages")).to_contain_text("This browser shows no messages")
    expect(ana.part("device")).to_be_hidden()
    ana.tap(ana.part("no-messages").locator("a"))
    ana.screen("home-screen")
