export { type CreditLineCommand, creditLineCommands } from './commands';
export { type CreditLineEvent, creditLineEvents } from './events';
