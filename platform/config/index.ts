export { type Config, ROLES, type Role, readConfig, SETTINGS, type SettingName } from './config';
