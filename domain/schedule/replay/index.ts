export * from './account';
export * from './facts';
export * from './plan';
