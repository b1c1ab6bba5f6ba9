// soundworks shared state: node soundworks.mjs PORT HERTZ BYTES; set() so many times a second.
import { Server } from "@soundworks/core/server.js";

const [port, hertz, bytes] = process.argv.slice(2).map(Number);
const env = { type: "development", port, serverAddress: "localhost", useHttps: false, verbose: false };
const server = new Server({ app: { name: "bench", clients: { player: { runtime: "node" } } }, env });
const now = () => Number(process.hrtime.bigint() / 100000n) / 10;

server.stateManager.defineClass("house", {
  s: { type: "integer", default: 0 },
  at: { type: "float", default: 0 },
  pad: { type: "string", default: "" },
});
await server.start();
const state = await server.stateManager.create("house");
let s = 0;
setInterval(() => state.set({ s: ++s, at: now(), pad: "x".repeat(bytes - 90) + (s % 2) }), 1000 / hertz);
console.log("listening");
