// Starts the real server before all tests, on a free port and with an empty data folder, and stops
// it after them. Tests find it through HYPOTHECA_BASE_URL and HYPOTHECA_SETUP_LINK, and the command
// line finds its library through HYPOTHECA_DATA.

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const folder = join(import.meta.dirname, '..');
export const binary = process.env.HYPOTHECA_BIN ?? join(folder, '../target/release/hypotheca');
const log = join(folder, 'test-results/server.log');
const patience = 60_000;

export default async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'hypotheca-end2end-'));
  process.env.HYPOTHECA_DATA = data;
  const environment = { ...process.env };
  delete environment.HYPOTHECA_URL;
  delete process.env.HYPOTHECA_BASE_URL;
  delete process.env.HYPOTHECA_SETUP_LINK;
  const server = spawn(binary, ['serve', '--addr', '127.0.0.1:0'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await ended(server);
    rmSync(data, { recursive: true, force: true });
  };
  try {
    await announced(server);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** Reads what the server prints until it has said where it is. */
function announced(server: ChildProcess) {
  return new Promise<void>((resolve, reject) => {
    const lines: string[] = [];
    const fail = (reason: string) => reject(new Error([reason, ...lines].join('\n')));
    const timer = setTimeout(() => fail('The server did not say where it listens'), patience);
    server.once('error', (error) => fail(`${binary}: ${error.message}`));
    server.once('exit', (code, signal) => fail(`The server ended with ${code ?? signal}`));

    mkdirSync(join(folder, 'test-results'), { recursive: true });
    const file = createWriteStream(log);
    const read = (line: string) => {
      file.write(`${line}\n`);
      lines.push(line);
      if (noted(line)) {
        clearTimeout(timer);
        resolve();
      }
    };
    createInterface({ input: server.stdout! }).on('line', read);
    createInterface({ input: server.stderr! }).on('line', read);
  });
}

/** True when nothing more is to come: a database given by DATABASE_URL may be set up already. */
function noted(line: string) {
  const address = /(http:\/\/127\.0\.0\.1:\d+)(?!\d)/.exec(line)?.[1];
  if (address) process.env.HYPOTHECA_BASE_URL = address;
  const link = /http:\/\/\S+\/set-up\?key=\S+/.exec(line)?.[0];
  if (link) process.env.HYPOTHECA_SETUP_LINK = link;
  return Boolean(process.env.HYPOTHECA_BASE_URL && (link || process.env.DATABASE_URL));
}

async function ended(server: ChildProcess) {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise((resolve) => server.once('exit', resolve));
  const force = setTimeout(() => server.kill('SIGKILL'), 10_000);
  server.kill('SIGTERM');
  await exit;
  clearTimeout(force);
}
