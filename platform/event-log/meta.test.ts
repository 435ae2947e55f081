import fc from 'fast-check';
import { contextOf } from '../../tests/support/note-log';
import { canonicalJson } from './canonical-json';
import { contextText, metaText, readMeta, schemaOf, unhashedMetaText } from './meta';

const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const parts = fc.record({
  schema: fc.integer({ min: 1, max: 120 }),
  valueDate: fc.constant('2026-02-28'),
  previousHash: hash,
});
const context = fc
  .record({ fingerprint: text, correlationId: text, causationId: text, kind: text, id: text })
  .map(({ kind, id, ...ids }) => {
    const { businessDate: _, ...given } = contextOf('a command');
    return { ...given, ...ids, actor: { kind, id } };
  });

describe('the text of meta data', () => {
  it('is canonical JSON, with its hash and without', () => {
    fc.assert(
      fc.property(context, parts, hash, (said, more, own) => {
        expect(metaText(contextText(said), more, own)).toBe(canonicalJson({ ...said, ...more, hash: own }));
        expect(unhashedMetaText(contextText(said), more)).toBe(canonicalJson({ ...said, ...more }));
      }),
    );
  });

  it('says its version without being parsed, and never by a text that looks like it', () => {
    fc.assert(
      fc.property(context, parts, hash, (said, more, own) => {
        const hostile = { ...said, fingerprint: `${said.fingerprint}"schema":9,"valueDate":"2026-02-28"}` };
        expect(schemaOf(metaText(contextText(said), more, own))).toBe(more.schema);
        expect(schemaOf(metaText(contextText(hostile), more, own))).toBe(more.schema);
      }),
    );
    expect(schemaOf('unread,"schema":3,"valueDate":"2026-02-28"}')).toBe(3);
    expect(schemaOf('{"valueDate":"2026-02-28","schema":4}')).toBe(4);
  });

  it('is read back as what it says', () => {
    fc.assert(
      fc.property(context, parts, hash, (said, more, own) => {
        expect(readMeta(metaText(contextText(said), more, own))).toEqual({ meta: { ...said, ...more, hash: own } });
      }),
    );
  });

  const whole = { ...contextOf('a command'), schema: 1, valueDate: '2026-02-28', hash: 'a'.repeat(64) };
  const { businessDate: _, ...said } = { ...whole, previousHash: 'b'.repeat(64) };

  it.each([
    ['no JSON', '{', 'its meta data is no JSON'],
    ['no object', '[]', 'its meta data is malformed at the top'],
    ['another version', canonicalJson({ ...said, schema: 0 }), 'its meta data is malformed at schema'],
    ['no hash', canonicalJson({ ...said, hash: 'A'.repeat(64) }), 'its meta data is malformed at hash'],
    ['no actor', canonicalJson({ ...said, actor: { id: 'x' } }), 'its meta data is malformed at actor.kind'],
    ['more than there is', canonicalJson({ ...said, note: 1 }), 'its meta data is malformed at the top'],
    ['white space', JSON.stringify(said, undefined, 1), 'its meta data is not in canonical form'],
  ])('is refused with %s', (_name, wrong, why) => {
    expect(readMeta(wrong)).toEqual({ wrong: why });
  });
});
