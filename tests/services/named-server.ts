import { type Service, URL_OF } from './provision/service';

/** Where a suite's server is. Run without one, a suite fails: it must not pass by skipping. */
export const namedServer = (service: Service): string => {
  const url = process.env[URL_OF[service]];
  if (!url) throw new Error(`${URL_OF[service]} is not set; npm run test:services sets it`);
  return url;
};
