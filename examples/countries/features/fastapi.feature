Feature: Countries as a FastAPI app answers

  Background:
    Given format "JSON"

  Scenario: All countries, members in the order of the model
    Given URL path "/fastapi/countries"
    When the URL is invoked
    Then status is "200"
    And path "/0/id" is an integer "1"
    And path "/0/name" is "Thailand"

  Scenario: A new country
    Given URL path "/fastapi/countries"
    And REST method "POST"
    And request is "{"name": "Germany", "capital": "Berlin", "area": 357022}"
    When the URL is invoked
    Then status is "201"
    And path "/capital" is "Berlin"
    And I store "/id" from response under "germany"

  Scenario: It is in the list
    Given URL path "/fastapi/countries"
    When the URL is invoked
    Then status is "200"
    And path "$[?@.id == #{germany}].name" is "Germany"

  Scenario: A country without its area
    Given URL path "/fastapi/countries"
    And REST method "POST"
    And request is "{"name": "Germany", "capital": "Berlin"}"
    When the URL is invoked
    Then status is "422"
    And path "/detail/0/type" is "missing"
    And path "/detail/0/loc" is JSON "["body", "area"]"
    And path "/detail/0/msg" is "Field required"
    And path "/detail/0/input" is JSON "{"name": "Germany", "capital": "Berlin"}"

  Scenario: A fraction where a whole number belongs
    Given URL path "/fastapi/countries"
    And REST method "POST"
    And request is "{"name": "Germany", "capital": "Berlin", "area": 1.5}"
    When the URL is invoked
    Then status is "422"
    And path "/detail/0/type" is "int_from_float"
