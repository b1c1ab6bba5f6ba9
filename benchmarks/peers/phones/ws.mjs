// node `ws`: node ws.mjs PORT HERTZ BYTES; the same message to all, so many times a second.
import { WebSocketServer } from "ws";

const [port, hertz, bytes] = process.argv.slice(2).map(Number);
const server = new WebSocketServer({ port, host: "127.0.0.1", perMessageDeflate: false, clientTracking: true });
const now = () => Number(process.hrtime.bigint() / 100000n) / 10;
let s = 0;

server.on("connection", (socket) => {
  socket.on("error", () => {});
  socket.once("message", () => socket.send('{"t":"welcome","id":1,"token":"x","s":0}'));
});
server.on("listening", () => console.log("listening"));
setInterval(() => {
  const head = `{"t":"d","s":${++s},"k":{"at":${now()},"pad":"`;
  const message = head + "x".repeat(Math.max(0, bytes - head.length - 3)) + '"}}';
  for (const socket of server.clients) if (socket.readyState === 1) socket.send(message);
}, 1000 / hertz);
