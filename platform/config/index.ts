export { type Config, ROLES, type Role, readConfig, SETTINGS } from './config';
