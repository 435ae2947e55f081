import { type House, openHouse } from '../house';
import { type CommonOptions, configOf } from './environment';

/** Opens the house to read its log, and nothing else, for as long as something is done with it. */
export const reading = async <Result>(
  options: CommonOptions,
  use: (house: House) => Promise<Result>,
): Promise<Result> => {
  const config = { ...configOf(options, { USANCE_LOG_LEVEL: 'error' }), USANCE_ROLES: [] };
  const house = await openHouse({ config });
  try {
    return await use(house);
  } finally {
    await house.close();
  }
};
