// Writes src/api/generated.ts from the gateway's OpenAPI file.
import { existsSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../openapi/sepakat.v1.yaml', import.meta.url);
const target = new URL('../src/api/generated.ts', import.meta.url);
if (!existsSync(contract)) {
  console.error(`types: the contract ${contract.pathname} is missing`);
  process.exit(1);
}
writeFileSync(target, astToString(await openapiTS(contract)));
console.log('types: src/api/generated.ts');
