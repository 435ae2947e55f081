/** A person for tests: everything that identifies them, and it all holds (check characters included). */
export interface TestPerson {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly cardNumber: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

const withCheckCharacter = (seventeen: string): string => {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(seventeen[at]), 0);
  return `${seventeen}${'10X98765432'[sum % 11]}`;
};

const withLuhn = (digits: string): string => {
  const sum = [...digits]
    .reverse()
    .map((digit, at) => (at % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

/** The nth person: different ones have nothing in common. */
export const person = (n: number, birthDate = '19900307'): TestPerson => ({
  name: `Zhang Test ${n}`,
  idNumber: withCheckCharacter(`310101${birthDate}${String(n % 1000).padStart(3, '0')}`),
  phone: `138${String(10_000_000 + n)}`,
  cardNumber: withLuhn(`62220012345${String(n).padStart(7, '0')}`),
});
