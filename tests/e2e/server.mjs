// The server under test: the one named by SEPAKAT_URL, else an all-in-one program with a small
// demonstration register in a fresh folder, on free ports, always stopped.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Said once when the server listens, and again when the demonstration data is in place.
const READY = /is ready:\s+(http:\/\/\S+)[\s\S]*is ready:/;
const INCOMPLETE = /demonstration data is not complete/;
const START_LIMIT_MS = 180_000;
export const FAMILIES = 3000;

/** Boundaries for the map where the shared data is at hand; the tile grid otherwise. */
function boundaries() {
  const shared =
    process.env.SEPAKAT_SHARED_DATA ??
    fileURLToPath(new URL("../../../shared/data", import.meta.url));
  const folder = join(shared, "batas_wilayah");
  return existsSync(folder) ? [`--demo.boundaries=${folder}`] : [];
}

function startProgram(program, folder) {
  const settings = [
    `--data.dir=${folder}`,
    "--http.port=0",
    "--grpc.port=0",
    "--demo",
    `--demo.families=${FAMILIES}`,
    "--demo.updates_per_minute=60",
    ...boundaries(),
  ];
  const child = spawn(program, ["serve", ...settings], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, SEPAKAT_LANG: "en" },
  });
  // Also when this process ends by an error of its own.
  process.on("exit", () => child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the server was not ready in time:\n${output}`));
    }, START_LIMIT_MS);
    const read = (bytes) => {
      output += bytes;
      if (INCOMPLETE.test(output)) child.kill("SIGTERM");
      const ready = READY.exec(output);
      if (!ready) return;
      clearTimeout(timer);
      resolve({ child, url: ready[1] });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the server ended with status ${code}:\n${output}`));
    });
  });
}

function stopProgram(child) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
    child.removeAllListeners("exit");
    child.on("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

export async function openServer() {
  if (process.env.SEPAKAT_URL) {
    return {
      url: process.env.SEPAKAT_URL.replace(/\/$/, ""),
      program: "",
      close: async () => {},
    };
  }
  const programs = process.env.SEPAKAT_PROGRAMS;
  if (!programs)
    throw new Error(
      "name a running server in SEPAKAT_URL, or the programs in SEPAKAT_PROGRAMS",
    );
  const program = join(programs, "sepakat");
  const folder = mkdtempSync(join(tmpdir(), "sepakat-e2e-"));
  const { child, url } = await startProgram(program, folder);
  return {
    url,
    program,
    close: async () => {
      await stopProgram(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A line to the server that a test can cut and mend. */
export async function openLine(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  let cut = false;
  const line = net.createServer((client) => {
    if (cut) return void client.destroy();
    const server = net.connect(Number(port), hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server).pipe(client);
  });
  await new Promise((resolve) => line.listen(0, "127.0.0.1", resolve));
  const drop = () => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${line.address().port}`,
    cut: () => {
      cut = true;
      drop();
    },
    mend: () => {
      cut = false;
    },
    close: () => {
      drop();
      line.close();
    },
  };
}
