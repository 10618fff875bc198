import { defineConfig } from '@playwright/test';

const chromium = {
  browserName: 'chromium',
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
} as const;

const desktop = { ...chromium, viewport: { width: 1440, height: 900 } };
const phone = { ...chromium, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

// Files named *.setup.ts run once, before the three projects: the set-up link works only once.
export default defineConfig({
  testDir: 'tests',
  globalSetup: './support/server.ts',
  workers: 2,
  // No test is about speed; a busy machine takes its time.
  timeout: 120_000,
  retries: 0,
  forbidOnly: true,
  reporter: 'list',
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'set-up', testMatch: /.*\.setup\.ts/, use: desktop },
    { name: 'desktop', dependencies: ['set-up'], grepInvert: /@noscript/, use: desktop },
    { name: 'phone', dependencies: ['set-up'], grepInvert: /@noscript/, use: phone },
    {
      name: 'no-script',
      dependencies: ['set-up'],
      grep: /@noscript/,
      use: { ...desktop, javaScriptEnabled: false },
    },
  ],
});
