// soundworks clients: node soundworks_clients.mjs PORT COUNT SECONDS; says what they heard, as phones.c does.
import { Client } from "@soundworks/core/client.js";

const [port, count, seconds] = process.argv.slice(2).map(Number);
const env = { type: "development", port, serverAddress: "localhost", useHttps: false, verbose: false };
const now = () => Number(process.hrtime.bigint() / 100000n) / 10;
const begun = now();
let ages = [];

for (let n = 0; n < count; n += 20) {
  await Promise.all(Array.from({ length: Math.min(20, count - n) }, async () => {
    const client = new Client({ role: "player", app: { name: "bench" }, env });
    await client.start();
    const house = await client.stateManager.attach("house");
    house.onUpdate((changes) => { if (changes.at) ages.push(now() - changes.at); });
  }));
}
console.log(JSON.stringify({ in: count, ms: now() - begun }));
await new Promise((done) => setTimeout(done, 500));
ages = [];
console.log(JSON.stringify({ watching: true }));
await new Promise((done) => setTimeout(done, seconds * 1000));
const heard = ages.sort((a, b) => a - b);
const share = (part) => heard[Math.floor(heard.length * part)] ?? -1;
console.log(JSON.stringify({
  messages: heard.length, hertz: heard.length / seconds / count, age: [share(0.5), share(0.95), share(0.99)],
}));
process.exit(0);
