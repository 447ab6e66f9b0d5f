$ ScenarioWizard 3.0
Solution set
 0 

" 1 2",0,0,0,1,""
