import type { DomainEvent } from '../domain/events';
import { add, type Currency, formatMoney, type MoneyText, parseMoney, subtract, zero } from '../domain/kernel';
import type { RecordedEvent } from '../platform/event-log';
import type { Projection } from '../platform/processing';

/** A read model of the house: a pure fold of its facts into documents of plain JSON. */
export type HouseProjection<Doc extends object> = Projection<DomainEvent, Doc>;
export type Fact = RecordedEvent<DomainEvent>;

export const nought = (currency: Currency): MoneyText => formatMoney(zero(currency));
export const plus = (a: MoneyText, b: MoneyText): MoneyText => formatMoney(add(parseMoney(a), parseMoney(b)));
export const minus = (a: MoneyText, b: MoneyText): MoneyText => formatMoney(subtract(parseMoney(a), parseMoney(b)));

/** The key that an application shares with its loan, out of either's id. */
export const sharedKey = (id: string): string => id.slice(id.indexOf('-') + 1);
