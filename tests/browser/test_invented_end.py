"""A server that invents the end of a session, in the middle of a recording."""

from playwright.sync_api import WebSocketRoute, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import newcomer
from tests.servers import Server


def test_an_invented_end_of_the_session_takes_nothing_away(
    new_context: NewContext, server: Server
) -> None:
    context = new_context()
    context.grant_permissions(["microphone"], origin=server.origin)
    sockets: list[WebSocketRoute] = []

    def between(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    context.route_web_socket("**/socket.io/**", between)
    ana = newcomer(context, server.origin)
    ana.open_page()
    ana.part("text").press_sequentially("Before the end")
    ana.sees_it_kept()
    ana.tap("speak")
    expect(ana.part("listening")).to_have_text("Listening.")
    sockets[0].send('42["session:ended",{}]')
    ana.screen("sign-in")
    ana.sign_in()
    ana.screen("write")
    expect(ana.part("text")).to_have_value("Before the end")
    expect(ana.part("heard")).to_be_visible()
