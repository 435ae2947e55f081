export type {
  BehaviourName,
  PartnerSettings,
  PartnerSettingsInput,
} from './behaviour';
export type { ChannelRecords } from './channel-server';
export { PARTNERS, type SandboxPartner, sandboxKeySet } from './keys';
export { MAGIC_AMOUNTS, type MagicFinding, magicIdNumber } from './magic';
export { personDigest, type SandboxPerson } from './people';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox';
