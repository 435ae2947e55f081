export { CHANNEL_HISTORY, ChannelHistory, isReported } from './channel-history';
export { type ChannelFacts, type ChannelReport, channelReport, type ReportedBreak } from './channel-report';
export { reportTables } from './report-tables';
