$ ScenarioWizard 4.0
Small
