import { defineConfig } from 'vitest/config';

// SEPAKAT_URL points the development server at a running gateway.
const gateway = process.env.SEPAKAT_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  server: { proxy: { '/v1': { target: gateway, changeOrigin: false } } },
  build: {
    target: 'es2022',
    // The map library alone passes the default warning; scripts/compress.mjs holds the real budget.
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
  },
  test: { environment: 'node', include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'] },
});
