Feature: Countries as a Flask app answers

  Background:
    Given format "JSON"

  Scenario: All countries, members by name
    Given URL path "/flask/countries"
    When the URL is invoked
    Then status is "200"
    And header "Content-Type" is "application/json"
    And path "/0/name" is "Thailand"
    And path "/1/capital" is "Canberra"
    And path "/2/area" is an integer "1010408"

  Scenario: One country
    Given URL path "/flask/country"
    When the URL is invoked
    Then status is "200"
    And JSON response is equal to "{"area": 7617930, "capital": "Canberra", "id": 2, "name": "Australia"}"

  Scenario: A new country
    Given URL path "/flask/countries"
    And REST method "POST"
    And request is "{"name": "Germany", "capital": "Berlin", "area": 357022}"
    When the URL is invoked
    Then status is "201"
    And path "/name" is "Germany"
    And path "/id" is any integer

  Scenario: What is no JSON
    Given URL path "/flask/countries"
    And REST method "POST"
    And format "FORM"
    And request param "name" is "Germany"
    And response format "JSON"
    When the URL is invoked
    Then status is "415"
    And JSON response is equal to "{"error": "Request must be JSON"}"

  Scenario: A type that is JSON by its ending
    Given URL path "/flask/countries"
    And REST method "POST"
    And header "Content-Type" "application/vnd.api+json"
    And request is "{"name": "Italy", "capital": "Rome", "area": 302073}"
    When the URL is invoked
    Then status is "201"
    And context is cleaned up

  Scenario: A method that there is not
    Given URL path "/flask/countries"
    And REST method "DELETE"
    When the URL is invoked
    Then status is "405"
    And header "Allow" is "GET, HEAD, OPTIONS, POST"
