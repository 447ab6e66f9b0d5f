$ ScenarioWizard 3.0
Solution set
99999999999999999999
