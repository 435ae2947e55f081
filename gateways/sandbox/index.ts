export type { BehaviourName, PartnerSettingsInput } from './behaviour';
export { CHANNEL_PROFILES } from './channel-profiles';
export {
  PARTNERS,
  SANDBOX_CHANNELS,
  SANDBOX_SOURCES,
  type SandboxChannel,
  type SandboxPartner,
  type SandboxSource,
  sandboxKeySet,
} from './keys';
export { MAGIC_AMOUNTS, magicIdNumber } from './magic';
export { personDigest, type SandboxPerson } from './people';
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox';
