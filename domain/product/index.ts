export { type ProductCommand, productCommands } from './commands';
export { type Offering, offeringSchema, type ProductEvent, productEvents } from './events';
