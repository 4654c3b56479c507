// A Socket.IO 4 relay on Node, as its documentation shows it.

import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });

io.on("connection", (socket) => {
  const pair = String(socket.handshake.query.pair);
  socket.join(pair);
  socket.on("candle:hold", (down) => io.to(pair).emit("candle:hold", { holding: [down] }));
});

http.listen(Number(process.argv[2]), "127.0.0.1");
