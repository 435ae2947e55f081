/** The classes of models that are evaluated here. */
export const MODEL_ELEMENTS: ReadonlySet<string> = new Set([
  'Scorecard',
  'RegressionModel',
  'TreeModel',
  'MiningModel',
]);

/** Those that the standard has besides, and that are refused by name. */
export const OTHER_MODEL_ELEMENTS: ReadonlySet<string> = new Set([
  'AnomalyDetectionModel',
  'AssociationModel',
  'BaselineModel',
  'BayesianNetworkModel',
  'ClusteringModel',
  'GaussianProcessModel',
  'GeneralRegressionModel',
  'NaiveBayesModel',
  'NearestNeighborModel',
  'NeuralNetwork',
  'RuleSetModel',
  'SequenceModel',
  'SupportVectorMachineModel',
  'TextModel',
  'TimeSeriesModel',
]);
