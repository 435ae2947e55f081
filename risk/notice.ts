import type { DecisionReason } from '../domain/application';
import { REASON_TEXTS } from './reasons';

/** What an adverse-action notice is about. */
export interface Rejection {
  readonly applicationId: string;
  /** The day of the decision. */
  readonly on: string;
  readonly reasons: readonly DecisionReason[];
  /** Outside sources that were asked. */
  readonly sources: readonly string[];
  /** Whether a person has decided, or the engine alone. */
  readonly byPerson: boolean;
}

export interface Notice {
  readonly en: string;
  readonly zh: string;
}

const SOURCES: Readonly<Record<string, Notice>> = {
  bureau: { en: 'a credit bureau', zh: '征信机构' },
  antifraud: { en: 'a register of fraud', zh: '反欺诈服务机构' },
  telecom: { en: 'your phone operator', zh: '电信运营商' },
  device: { en: 'a device check', zh: '设备风险识别服务' },
  courts: { en: 'the public register of debts under enforcement', zh: '被执行人信息公开平台' },
};

const namesOf = (sources: readonly string[], language: keyof Notice): readonly string[] =>
  sources.flatMap((source) => SOURCES[source]?.[language] ?? []);

const english = ({ applicationId, on, reasons, sources, byPerson }: Rejection): string => {
  const named = namesOf(sources, 'en');
  return [
    `Notice on application ${applicationId}`,
    '',
    `On ${on} your application was not approved. The main reasons:`,
    ...reasons.map((reason) => `- ${REASON_TEXTS[reason].en}`),
    '',
    ...(named.length > 0 ? [`With your consent information came from ${named.join(', ')}.`] : []),
    byPerson
      ? 'The decision was made by a person.'
      : 'The decision was made by automatic means alone. You may ask for an explanation, and that a person looks at it.',
    'Sex, nationality and age were in no score.',
  ].join('\n');
};

const chinese = ({ applicationId, on, reasons, sources, byPerson }: Rejection): string => {
  const named = namesOf(sources, 'zh');
  return [
    `贷款申请结果通知（申请编号：${applicationId}）`,
    '',
    `您的申请于${on}未获批准，主要原因如下：`,
    ...reasons.map((reason) => `- ${REASON_TEXTS[reason].zh}`),
    '',
    ...(named.length > 0 ? [`经您授权，我们查询了以下来源的信息：${named.join('、')}。`] : []),
    byPerson
      ? '本决定由人工审核作出。'
      : '本决定由自动化方式作出。您有权要求我们予以说明，并有权拒绝仅通过自动化决策的方式作出决定，申请人工复核。',
    '性别、国籍和年龄均未计入评分。',
  ].join('\n');
};

/** The notice to somebody who was not approved: why, from which sources, and what they may ask for. */
export const adverseActionNotice = (rejection: Rejection): Notice => ({
  en: english(rejection),
  zh: chinese(rejection),
});
