// A Node relay that speaks Socket.IO 5: by the package `socket.io` where it is installed, or else
// by `ws` and Socket.IO's own parser, which leaves out everything else that a server has to do.

import { createServer } from "node:http";
import { Decoder, Encoder, PacketType } from "socket.io-parser";
import { WebSocketServer } from "ws";

const [kind, port] = process.argv.slice(2);
const http = createServer();

/** Serve by the package itself. */
async function bySocketIo() {
  const { Server } = await import("socket.io");
  const io = new Server(http, { transports: ["websocket"] });
  io.on("connection", (socket) => {
    const pair = String(socket.handshake.query.pair);
    socket.join(pair);
    socket.on("candle:hold", (down) => io.to(pair).emit("candle:hold", { holding: [down] }));
  });
}

/** Serve by the parser alone. */
function byParser() {
  const pairs = new Map();
  const encoder = new Encoder();
  new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (ws, request) => {
    const pair = new URL(request.url, "http://localhost").searchParams.get("pair");
    const both = pairs.get(pair) ?? new Set();
    pairs.set(pair, both.add(ws));
    const decoder = new Decoder();
    decoder.on("decoded", (packet) => {
      if (packet.type === PacketType.CONNECT) {
        ws.send(`40{"sid":"${pair}"}`);
        return;
      }
      const data = [packet.data[0], { holding: [packet.data[1]] }];
      const [text] = encoder.encode({ type: PacketType.EVENT, nsp: "/", data });
      for (const one of both) one.send(`4${text}`);
    });
    ws.on("message", (message) => {
      const text = message.toString();
      if (text[0] === "4") decoder.add(text.slice(1));
    });
    ws.send('0{"sid":"0","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":8192}');
  });
}

await (kind === "socket.io" ? bySocketIo() : byParser());
http.listen(Number(port), "127.0.0.1");
