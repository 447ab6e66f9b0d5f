$ ScenarioWizard 3.0
Solution set
 2 

" 1 2",0,0,0,1,""
