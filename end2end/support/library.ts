// Workspaces of their own for journeys that begin with nothing, made by the command line beside the running server.

import { execFileSync } from 'node:child_process';
import type { TestInfo } from '@playwright/test';

import { owner } from './cast';
import { binary } from './server';

/** What a command prints. */
export function commandLine(...args: string[]) {
  return execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** An empty workspace of the owner; answers its address. */
export function emptyWorkspace(about: string, { project }: TestInfo) {
  const slug = `${about}-${project.name}`;
  commandLine('workspace', 'add', `Brookside ${about}, ${project.name}`, '--slug', slug);
  commandLine('user', 'add', '--email', owner.email, '--name', owner.name, '--workspace', slug, '--role', 'owner');
  return `/${slug}`;
}
