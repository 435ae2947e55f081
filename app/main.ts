#!/usr/bin/env node
import { Command } from 'commander';
import { addCloseDay } from './cli/close-day';
import { addCustodyKey } from './cli/custody-key';
import { addDryRun } from './cli/dry-run';
import { addExplain } from './cli/explain';
import { addIndex } from './cli/index-values';
import { addLoan } from './cli/loan';
import { note } from './cli/output';
import { addPeriod } from './cli/period';
import { addRebuild } from './cli/rebuild';
import { addReplay } from './cli/replay';
import { addReport } from './cli/report';
import { addRisk } from './cli/risk';
import { addRotateKey } from './cli/rotate-key';
import { addRules } from './cli/rules';
import { addServe } from './cli/serve';
import { addStart } from './cli/start';
import { addToken } from './cli/token';
import { addVerify } from './cli/verify';

const program = new Command('usance')
  .description('An event-sourced lending core.')
  .showHelpAfterError()
  .configureOutput({ outputError: (text, write) => write(text) });

addStart(program);
addServe(program);
addVerify(program);
addRebuild(program);
addReplay(program);
addRisk(program);
addExplain(program);
addLoan(program);
addCloseDay(program);
addPeriod(program);
addReport(program);
addDryRun(program);
addRules(program);
addToken(program);
addCustodyKey(program);
addRotateKey(program);
addIndex(program);

program.parseAsync().catch((error: unknown) => {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
