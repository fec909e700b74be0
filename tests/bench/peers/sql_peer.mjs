// A database in memory that runs the statements it is handed, one JSON text per line, and answers each
// with the seconds it took: the other side of sql_peer.h.
//
//   node sql_peer.mjs duckdb|chdb NODE_MODULES THREADS
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const [kind, modules, threads] = process.argv.slice(2);
const require = createRequire(`${modules}/`);

async function openDuckdb() {
  const { DuckDBInstance } = require('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
  const rows = (await connection.runAndReadAll('SELECT version()')).getRows();
  return { name: `DuckDB ${rows[0][0].replace(/^v/, '')}`, run: (sql) => connection.run(sql) };
}

async function openChdb() {
  const { Session } = require('chdb');
  const session = new Session();
  session.query(`SET max_threads = ${Number(threads)}`);
  const engine = session.query('SELECT version()', 'TabSeparatedRaw').trim();
  const version = require('chdb/package.json').version;
  return { name: `chDB ${version} (ClickHouse ${engine})`, run: (sql) => session.query(sql) };
}

const peer = await (kind === 'duckdb' ? openDuckdb() : openChdb());
const answer = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
answer({ name: peer.name });
for await (const line of createInterface({ input: process.stdin })) {
  const begin = process.hrtime.bigint();
  try {
    await peer.run(JSON.parse(line));
    answer({ seconds: Number(process.hrtime.bigint() - begin) / 1e9 });
  } catch (error) {
    answer({ error: String(error.message ?? error).split('\n')[0] });
  }
}
process.exit(0);
