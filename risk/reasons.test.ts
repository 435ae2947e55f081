import { decisionReasonSchema } from '../domain/application';
import { REASON_TEXTS } from './reasons';

test.each(decisionReasonSchema.options)('%s is told in a sentence, in either language, without codes', (reason) => {
  const { en, zh } = REASON_TEXTS[reason];
  expect(en).toMatch(/^[A-Z][^_]+\.$/);
  expect(zh).toMatch(/^[\u4e00-\u9fff，]+。$/);
});
