export type { Aggregate } from './aggregate';
export { aggregates } from './aggregates';
export { type CommandBus, type CommandBusParts, type CommandOrigin, createCommandBus } from './command-bus';
export type { ActorKind, CommandRequest, CommandType, DataOf, StateReader } from './entry';
export type { CommandResult } from './handling';
export type { Loaded, Writers } from './streams';
