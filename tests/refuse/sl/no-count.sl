$ ScenarioWizard 3.0
Solution set
