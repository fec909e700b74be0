// Writes a .gz beside every text asset of dist and holds the page to its size budget.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 1_000_000;
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const files = readdirSync(dist, { recursive: true })
  .map((name) => join(dist, String(name)))
  .filter((path) => statSync(path).isFile() && /\.(html|js|css|svg|json|map)$/.test(path))
  .sort();

const kib = (bytes) => `${(bytes / 1024).toFixed(1).padStart(8)} KiB`;
let total = 0;
for (const path of files) {
  const raw = readFileSync(path);
  const packed = gzipSync(raw, { level: 9 });
  writeFileSync(`${path}.gz`, packed);
  total += packed.length;
  console.log(`${kib(raw.length)} ${kib(packed.length)} gz  ${relative(dist, path)}`);
}
console.log(`page: ${kib(total).trim()} compressed of ${kib(BUDGET_BYTES).trim()} allowed`);
if (total > BUDGET_BYTES) {
  console.error('page: over the size budget');
  process.exit(1);
}
