import { assert, InvariantError } from './assert';

describe('an assertion', () => {
  test('stops the work with what it was told', () => {
    expect(() => assert(false, 'the books are off')).toThrow(new InvariantError('the books are off'));
    expect(() => assert(false, () => `off by ${12n}`)).toThrow(new InvariantError('off by 12'));
  });

  test('works out its message only when it fails', () => {
    const message = jest.fn(() => 'never asked for');
    assert(true, message);
    expect(message).not.toHaveBeenCalled();
  });
});
