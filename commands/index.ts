export { aggregates } from './aggregates';
export { type CommandBus, createCommandBus } from './command-bus';
export type { CommandRequest, CommandType, StateReader } from './entry';
export type { CommandResult } from './handling';
export { chooseChannel, loansDrawn, type RoutingTable } from './routing';
export type { Writers } from './streams';
